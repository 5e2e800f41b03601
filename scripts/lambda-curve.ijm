// How clear the choice of lambda is: left, how well lambdas that were tried foretell the tilts left out, all that the command
// can see; right, the error against the truth, for the lambda it took (line) and others. Takes some minutes.
// scripts/sinterj macro scripts/lambda-curve.ijm picture.png
size = 128;
run("SinterJ Sample Data...", "set=in_situ_tilt_series size=" + size + " frames=1 seed=1");
run("SinterJ Macro Extensions");
curve = getDirectory("temp") + "sinterj-lambda-curve.csv";
scale = "input=tilt_series algorithm=tv background=1000 counts_per_pixel_path=100 ";
run("Reconstruct Tilt Series...", scale + "lambda=auto plot=[" + curve + "]");
Ext.sinterjValue("reconstruct-tilt-series", "lambda", 0, chosen);
found = error();
print("lambda " + d2s(chosen, 2) + ", error " + d2s(found, 4));

factors = newArray(0.35, 0.5, 0.7, 0.85, 1, 1.2, 1.4, 2);
lambdas = newArray(factors.length);
errors = newArray(factors.length);
least = found;
for (i = 0; i < factors.length; i++) {
	lambdas[i] = factors[i] * chosen;
	errors[i] = found;
	if (factors[i] != 1) {
		run("Reconstruct Tilt Series...", scale + "lambda=" + lambdas[i]);
		errors[i] = error();
	}
	least = minOf(least, errors[i]);
	print("lambda " + d2s(lambdas[i], 2) + ", error " + d2s(errors[i], 4));
}
print("the lambda taken over the best of these: " + d2s(found / least, 3));

// The points of the plot that the command made: curve, lambda, misfit.
lines = split(File.openAsString(curve), "\n");
n = 0;
while (n + 1 < lines.length && startsWith(lines[n + 1], "tilts left out")) n++;
tried = newArray(n);
misfits = newArray(n);
for (i = 0; i < n; i++) {
	words = split(lines[i + 1], ",");
	tried[i] = parseFloat(words[1]);
	misfits[i] = parseFloat(words[2]);
}
setBackgroundColor(255, 255, 255);
left = plotted("misfit of the tilts left out", tried, misfits, chosen);
right = plotted("error against the truth", lambdas, errors, chosen);
run("Combine...", "stack1=[" + left + "] stack2=[" + right + "]");
if (getArgument() != "") saveAs("PNG", getArgument());

function plotted(label, x, y, at) {
	Array.getStatistics(y, low, high);
	margin = 0.08 * (high - low);
	Plot.create(label, "lambda", label);
	Plot.setFrameSize(400, 260);
	Plot.setLimits(0, 40, low - margin, high + margin);
	Plot.setLineWidth(2);
	Plot.setColor("#d55e00");
	Plot.add("connected circle", x, y);
	Plot.setColor("#0072b2");
	Plot.drawLine(at, low - margin, at, high + margin);
	Plot.show();
	run("RGB Color");
	run("Canvas Size...", "width=490 height=330 position=Center");
	rename(label);
	return label;
}

// Distance of the volume from the truth, after the best scale, over the truth's size.
function error() {
	rename("found");
	both = product("found", "truth");
	alone = product("found", "found");
	truth = product("truth", "truth");
	close("found");
	return sqrt(1 - both * both / (alone * truth));
}

function product(a, b) {
	imageCalculator("Multiply create 32-bit stack", a, b);
	rename("product");
	run("Z Project...", "projection=[Sum Slices]");
	getStatistics(area, mean);
	mean *= getWidth() * getHeight();
	close();
	close("product");
	return mean;
}
