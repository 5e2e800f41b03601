// Measures how a heap of sintering balls densifies and draws the curves.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/densification.ijm picture.png
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=96 frames=9 seed=1");
run("Label And Track Particles...", "input=truth");
run("Measure Densification...", "input=truth-labels");
run("SinterJ Macro Extensions");
n = 9;
time = newArray(n); density = newArray(n); hull = newArray(n);
for (t = 0; t < n; t++) {
	Ext.sinterjValue("densification", "relative_density", t, d);
	Ext.sinterjValue("densification", "hull_change_percent", t, h);
	time[t] = 50 * t / (n - 1);
	density[t] = d;
	hull[t] = 1 + h / 100;
}
print("Relative density " + d2s(density[0], 3) + " at first, " + d2s(density[n - 1], 3) + " at last.");
Plot.create("Densification", "time (s)", "fraction");
Plot.setFrameSize(520, 300);
Plot.setLimits(0, 50, 0, 1.05);
Plot.setLineWidth(2);
Plot.setColor("#d55e00");
Plot.add("line", time, density);
Plot.setColor("#0072b2");
Plot.add("line", time, hull);
Plot.setColor("black");
Plot.setLegend("relative density\thull volume / first hull volume", "bottom-left");
Plot.show();
run("RGB Color");
if (getArgument() != "") saveAs("PNG", getArgument());
