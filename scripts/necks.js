// The throats between the pores of a porous volume, with how wide they are. For Fiji's JavaScript.
// In Fiji: File > New > Script..., Templates > SinterJ, Run. Every command is called the same way: SinterJ.run(id, settings).
var SinterJ = Java.type("sinterj.SinterJ");
var HashMap = Java.type("java.util.HashMap");

function settings(values) {
	var map = new HashMap();
	for (var key in values) map.put(key, values[key]);
	return map;
}

var solid = SinterJ.run("sample-data", settings({set: "porous_volume", size: 48, seed: 1})).get("volume");
var found = SinterJ.run("find-necks", settings({input: solid, phase: 0, merge: 0.9}));
var throats = found.get("contacts");
var widest = 0;
for (var row = 0; row < throats.size(); row++) {
	widest = Math.max(widest, throats.getValue("neck_diameter (nm)", row));
}
print(throats.size() + " throats, the widest " + Math.round(widest) + " nm");
