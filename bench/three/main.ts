// The peer: the same body and motion drawn with three.js as its examples do: standard materials,
// one soft shadow map of 2048, antialiased. Each way returns the frames drawn.
import {
  BufferAttribute, BufferGeometry, CircleGeometry, Color, DirectionalLight, HemisphereLight, Matrix4, Mesh,
  MeshStandardMaterial, NeutralToneMapping, PerspectiveCamera, Scene, Skeleton, SkinnedMesh, Bone,
  VSMShadowMap, WebGLRenderer,
} from "three";
import { frame } from "../../browser/figure/camera";
import { Glb } from "../../browser/figure/glb";
import { Motion } from "../../browser/figure/motion";
import { Painter } from "../../browser/figure/painter";

const [WIDTH, HEIGHT] = [1280, 720];

async function load(name: string): Promise<Glb> {
  return new Glb(await (await fetch(name)).arrayBuffer());
}

function synced(renderer: WebGLRenderer): void {
  const gl = renderer.getContext();
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
}

function timed(seconds: number, draw: (k: number) => void): number {
  const start = performance.now();
  let frames = 0;
  while (performance.now() - start < seconds * 1000) draw(++frames);
  return frames;
}

async function standard(): Promise<(seconds: number) => number> {
  const [body, moves] = await Promise.all([load("body.glb"), load("motion.glb")]);
  const motion = new Motion(moves, body);
  const renderer = new WebGLRenderer({ antialias: true });
  renderer.setSize(WIDTH, HEIGHT, false);
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = VSMShadowMap;
  renderer.toneMapping = NeutralToneMapping;
  const scene = new Scene();
  scene.background = new Color(0xe6eaee);
  const key = new DirectionalLight(0xfff2e2, 2.5);
  key.position.set(1.7, 4.2, 2);
  key.castShadow = true;
  key.shadow.mapSize.set(2048, 2048);
  Object.assign(key.shadow, { radius: 6, blurSamples: 16, bias: -0.0004, normalBias: 0.01 });
  Object.assign(key.shadow.camera, { left: -1.6, right: 1.6, top: 1.8, bottom: -1.4, near: 0.5, far: 9 });
  const rim = new DirectionalLight(0xdfeaff, 1.1);
  rim.position.set(-3, 2.4, -3);
  scene.add(key, rim, new HemisphereLight(0xffffff, 0xb0b0a8, 1.2));
  const floor = new Mesh(new CircleGeometry(14, 64), new MeshStandardMaterial({ color: 0xd5dade }));
  floor.rotation.x = -Math.PI / 2;
  floor.receiveShadow = true;
  scene.add(floor);
  const bones = Array.from({ length: motion.segments }, () => new Bone());
  for (const bone of bones) bone.matrixAutoUpdate = bone.matrixWorldAutoUpdate = false;
  const skeleton = new Skeleton(bones, bones.map(() => new Matrix4()));
  for (const one of body.primitives()) {
    const geometry = new BufferGeometry();
    const of = (name: string, ours: string, width: number): void => {
      const found = one.attributes[name];
      if (!found) return;
      const full = found.normalised ? { 1: 127, 2: 65535 }[found.values.BYTES_PER_ELEMENT]! : 1;
      const count = found.values.length / found.stride;
      const plain = new Float32Array(count * width);
      for (let k = 0; k < count; k++) {
        for (let i = 0; i < width; i++) plain[k * width + i] = found.values[k * found.stride + i]! / full;
      }
      geometry.setAttribute(ours, new BufferAttribute(plain, width));
    };
    of("POSITION", "position", 3);
    of("NORMAL", "normal", 3);
    of("JOINTS_0", "skinIndex", 4);
    of("WEIGHTS_0", "skinWeight", 4);
    geometry.setIndex(new BufferAttribute(one.indices.values, 1));
    const material = new MeshStandardMaterial({ color: new Color(...(one.colour.slice(0, 3) as [number, number, number])), roughness: 0.8 });
    const mesh = new SkinnedMesh(geometry, material);
    mesh.bind(skeleton, new Matrix4());
    mesh.castShadow = mesh.receiveShadow = true;
    mesh.frustumCulled = false;
    scene.add(mesh);
  }
  const camera = new PerspectiveCamera(26, WIDTH / HEIGHT, 0.1, 30);
  const [yaw, rise] = motion.extras.studio.views["three-quarter"]!;
  const place = frame(motion.points, { yaw, rise }, WIDTH / HEIGHT, motion.extras.studio.margins, 26);
  camera.position.set(...place.position);
  camera.lookAt(...(place.position.map((at, i) => at + place.ahead[i]!) as [number, number, number]));
  document.body.append(renderer.domElement);
  return (seconds) => timed(seconds, (k) => {
    motion.pose(k / 30);
    bones.forEach((bone, n) => {
      const r = motion.rows.subarray(n * 12, n * 12 + 12);
      bone.matrixWorld.set(r[0]!, r[1]!, r[2]!, r[3]!, r[4]!, r[5]!, r[6]!, r[7]!, r[8]!, r[9]!, r[10]!, r[11]!, 0, 0, 0, 1);
    });
    renderer.render(scene, camera);
    synced(renderer);
  });
}

async function ours(): Promise<(seconds: number) => number> {
  const [body, moves] = await Promise.all([load("body.glb"), load("motion.glb")]);
  const motion = new Motion(moves, body);
  const painter = new Painter(document.createElement("canvas"), body, moves, motion, { occlusion: true, lightCells: 2048 });
  painter.resize(WIDTH, HEIGHT);
  const [yaw, rise] = motion.extras.studio.views["three-quarter"]!;
  painter.look(frame(motion.points, { yaw, rise }, WIDTH / HEIGHT, motion.extras.studio.margins, 26), 26);
  return (seconds) => timed(seconds, (k) => {
    motion.pose(k / 30);
    painter.paint();
    painter.settle();
  });
}

Object.assign(window, { peers: { standard, ours } });
