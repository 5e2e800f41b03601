# How thick is the solid of a porous volume, and what do its voids let through? For Fiji's Python (Jython).
# In Fiji: File > New > Script..., Templates > SinterJ, Run. Every command is called the same way: SinterJ.run(id, settings).
from sinterj import SinterJ

made = SinterJ.run("sample-data", {"set": "porous_volume", "size": 48, "seed": 1})
solid = made["volume"]

thickness = SinterJ.run("local-thickness", {"input": solid, "phase": 255})["summary"]
pores = SinterJ.run("pore-connectivity", {"input": solid, "phase": 0})["summary"]
transport = SinterJ.run("transport-connectivity", {"input": solid, "phase": 0, "axis": "x"})["summary"]

# Tables are ImageJ's results tables; heads carry units.
print("mean thickness: %.0f nm" % thickness.getValue("mean (nm)", 0))
print("porosity: %.3f" % pores.getValue("porosity", 0))
print("conductivity of the voids along x: %.3f" % transport.getValue("k_x", 0))
