"""Run inside Blender's Python: render posed figures with Cycles and say how long a frame takes.

    python renderer_cycles.py SHOT.npz PICTURE.png

Only Blender's own packages are here, nothing of Recoup. The first frame is not counted.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import bpy
import numpy as np

SAMPLES, THREADS = 10, 2


def up(points: Any) -> Any:
    """Return points with Blender's upright axis, z, in place of y."""
    return np.stack([points[..., 0], -points[..., 2], points[..., 1]], axis=-1)


def solid(name: str, vertices: Any, faces: Any, colour: Any) -> Any:
    """Add a smooth mesh; ``colour`` is linear light, by vertex or one for all."""
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(up(vertices).tolist(), [], faces.tolist())
    mesh.shade_smooth()
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    shader = material.node_tree.nodes["Principled BSDF"]
    shader.inputs["Roughness"].default_value = 0.8
    if colour.ndim == 1:
        shader.inputs["Base Color"].default_value = (*colour.tolist(), 1)
    else:
        held = mesh.color_attributes.new("colour", "FLOAT_COLOR", "POINT")
        held.data.foreach_set("color", np.c_[colour, np.ones(len(colour))].ravel())
        read = material.node_tree.nodes.new("ShaderNodeAttribute")
        read.attribute_name = "colour"
        material.node_tree.links.new(read.outputs["Color"], shader.inputs["Base Color"])
    mesh.materials.append(material)
    bpy.context.collection.objects.link(bpy.data.objects.new(name, mesh))
    return mesh


def furnish(shot: Any) -> Any:
    """Build floor, mat, lamp, camera and figure; return the figure's mesh."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    square = np.array([[-1.0, 0, -1], [1, 0, -1], [1, 0, 1], [-1, 0, 1]])
    quad = np.array([[3, 2, 1, 0]])
    solid("floor", square * 30 - [0, 0.013, 0], quad, shot["floor"])
    x, z, half_width, half_length = shot["mat"]
    solid("mat", square * [half_width, 0, half_length] + [x, -0.001, z], quad, shot["mat_colour"])
    figure = solid("figure", shot["vertices"][0], shot["faces"], shot["colour"])
    scene = bpy.context.scene
    sun = bpy.data.lights.new("key", "SUN")
    sun.energy, sun.angle = 2.55, 0.06
    lamp = bpy.data.objects.new("key", sun)
    lamp.rotation_euler = _towards(up(shot["key"]))
    scene.collection.objects.link(lamp)
    scene.world = bpy.data.worlds.new("sky")
    scene.world.use_nodes = True
    scene.world.node_tree.nodes["Background"].inputs["Color"].default_value = (0.56, 0.56, 0.575, 1)
    lens = bpy.data.cameras.new("camera")
    lens.sensor_fit, lens.angle_y = "VERTICAL", np.radians(float(shot["field_deg"]))
    camera = bpy.data.objects.new("camera", lens)
    axes = up(shot["axes"])
    matrix = np.eye(4)
    matrix[:3, 0], matrix[:3, 1], matrix[:3, 2] = axes[0], axes[1], -axes[2]
    matrix[:3, 3] = up(shot["position"])
    camera.matrix_world = matrix.T.tolist()
    scene.collection.objects.link(camera)
    scene.camera = camera
    return figure


def _towards(direction: Any) -> Any:
    from mathutils import Vector

    return Vector(direction.tolist()).to_track_quat("Z", "Y").to_euler()


def settle(shot: Any, picture: str) -> None:
    render = bpy.context.scene.render
    render.engine = "CYCLES"
    render.resolution_x, render.resolution_y = (int(n) for n in shot["size"])
    render.resolution_percentage = 100
    render.threads_mode, render.threads = "FIXED", THREADS
    render.use_persistent_data = True
    render.filepath = picture
    cycles = bpy.context.scene.cycles
    cycles.device, cycles.samples, cycles.use_adaptive_sampling = "CPU", SAMPLES, False
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    bpy.context.scene.view_settings.view_transform = "Khronos PBR Neutral"


def main(source: str, picture: str) -> None:
    shot = np.load(source)
    figure = furnish(shot)
    settle(shot, picture)
    bpy.ops.render.render(write_still=True)
    wall, cpu = time.monotonic(), time.process_time()
    for vertices in shot["vertices"][1:]:
        figure.vertices.foreach_set("co", up(vertices).ravel())
        figure.update()
        bpy.ops.render.render(write_still=True)
    frames = len(shot["vertices"]) - 1
    took = {"wall_s": time.monotonic() - wall, "cpu_s": time.process_time() - cpu}
    print("TOOK " + json.dumps({name: s / frames for name, s in took.items()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
