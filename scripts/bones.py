"""Keep the needed bones of a fetched wheel: torso, head and legs. Standard library alone.

The package's arm model may not be used by everyone (its source is non-commercial), so nothing of
it is kept. Call: bones.py FETCHED_FOLDER INTO_FOLDER
"""

import os
import re
import sys
import zipfile
from pathlib import Path

ROOT = "musclemimic_models/model/"
KEPT = re.compile(
    r"meshes/(lumbar[1-5]|thoracic\d+_s|thorax|sacrum|hat_(cervical|jaw|skull)"
    r"|[lr]_(pelvis|femur|patella|tibia|fibula))\.stl"
    r"|torso/assets/myotorso_bimanual_chain\.xml"
    r"|head/assets/myohead_rigid_chain\.xml|leg/assets/myolegs_chain\.xml"
)
MOMENT = (1980, 1, 1, 0, 0, 0)


def keep(fetched: Path, into: Path) -> None:
    (wheel,) = fetched.glob("musclemimic_models-*.whl")
    version = wheel.name.split("-")[1]
    place = into / f"bones-{version}.zip"
    part = place.with_suffix(".part")
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(part, "w") as kept:
        for name in sorted(source.namelist()):
            inside = name.removeprefix(ROOT)
            licence = re.search(r"dist-info/licenses/(LICENSE|NOTICE)$", name)
            if KEPT.fullmatch(inside) or licence:
                member = zipfile.ZipInfo(licence[1] if licence else inside, MOMENT)
                kept.writestr(member, source.read(name), zipfile.ZIP_DEFLATED)
    os.replace(part, place)


if __name__ == "__main__":
    keep(Path(sys.argv[1]), Path(sys.argv[2]))
