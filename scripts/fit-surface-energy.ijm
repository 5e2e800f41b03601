// Fits the surface energy of Ba122 by direction, and shows it beside the equilibrium shape of a crystal.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/fit-surface-energy.ijm picture.png
run("SinterJ Macro Extensions");

// From energies of slabs (made up, of the size of those of Ba122): each cut leaves two slabs that end differently, and the
// last slab stands alone. Energies in eV, areas in square angstrom.
slabs = getDirectory("temp") + "slabs.csv";
File.saveString("h,k,l,cleavage,area,units,bulk,unrelaxed,relaxed\n"
	+ "0,0,1,A,15.7,8,-61.5,-110.94,-111.38\n" + "0,0,1,A,15.7,8,-61.5,-377.16,-377.31\n"
	+ "1,0,0,B,51.6,8,-61.5,-231.05,-231.52\n" + "1,0,0,B,51.6,8,-61.5,-243.11,-243.58\n"
	+ "1,1,0,C,72.9,8,-61.5,-227.65,-228.96\n" + "1,1,0,C,72.9,8,-61.5,-237.83,-238.16\n"
	+ "0,1,1,,53.9,6,-61.5,,-360.85\n", slabs);
run("Fit Surface Energy...", "data=[" + slabs + "]");
for (row = 0; row < 7; row++) {
	Ext.sinterjValue("fit-surface-energy", "slabs.energy", row, energy);
	Ext.sinterjValue("fit-surface-energy", "slabs.used", row, used);
	print("slab " + row + ": " + d2s(energy, 3) + " J/m2, used: " + used);
}
close("*");

// From the energies of surfaces that the review lists for Ba122.
run("Fit Surface Energy...", "cell_a_angstrom=3.9625 cell_c_angstrom=13.0168");
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
