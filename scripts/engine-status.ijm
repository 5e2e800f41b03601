// Says which engines for U-Nets there are on this computer.
// Run it in Fiji, or without a display: scripts/sinterj macro scripts/engine-status.ijm picture.png
csv = getDirectory("temp") + "sinterj-engine-status.csv";
run("SinterJ Engine Status...", "table=[" + csv + "]");
lines = split(File.openAsString(csv), "\n");
print((lines.length - 1) + " engines: " + substring(lines[1], 0, indexOf(lines[1], ",")) + " and " + substring(lines[2], 0, indexOf(lines[2], ",")) + ".");
deleted = File.delete(csv);
newImage("engines", "RGB white", 1220, 30 + 35 * lines.length, 1);
setColor("black");
columns = newArray(20, 160, 380, 480, 630);
for (row = 0; row < lines.length; row++) {
	if (row == 0) setFont("SansSerif", 17, "bold antialiased");
	else setFont("SansSerif", 17, "antialiased");
	cells = split(lines[row], ",");
	for (c = 0; c < columns.length; c++) drawString(cells[c], columns[c], 35 + 35 * row);
}
if (getArgument() != "") saveAs("PNG", getArgument());
