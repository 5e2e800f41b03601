// Fits the surface energy of Ba122 by direction, and shows it beside the equilibrium shape of a crystal.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/fit-surface-energy.ijm picture.png
run("Fit Surface Energy...", "cell_a_angstrom=3.9625 cell_c_angstrom=13.0168");
run("SinterJ Macro Extensions");
Ext.sinterjValue("fit-surface-energy", "k3", 0, k3);
print("k3 = " + d2s(k3, 4) + " J/m2.");
selectImage("polar_surface");
run("Enhance Contrast", "saturated=0");
run("RGB Color");
run("Size...", "width=512 height=256 interpolation=None");
caption("energy by azimuth (right) and angle from c (down)", "polar_surface");
selectImage("wulff_shape");
run("Reslice [/]...", "output=1.000 start=Top avoid");
rename("section");
setSlice(33);
run("Duplicate...", "title=[shape]");
setMinAndMax(0, 1);
run("RGB Color");
run("Size...", "width=256 height=256 interpolation=None");
caption("equilibrium shape, c up", "shape");
run("Combine...", "stack1=[polar_surface] stack2=[shape]");
if (getArgument() != "") saveAs("PNG", getArgument());

function caption(text, title) {
	selectImage(title);
	setColor("white");
	setFont("SansSerif", 15, "bold antialiased");
	drawString(text, 6, 22, "black");
}
