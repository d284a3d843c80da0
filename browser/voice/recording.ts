// A recording: sound in several formats, and an index that says what is heard when.

export interface Spoken {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Each word as shown, and its seconds from the start of the sound. */
  readonly words: readonly (readonly [string, number, number])[];
}

export interface Recording {
  readonly sound: readonly { readonly url: string; readonly type: string }[];
  readonly lines: readonly Spoken[];
}

/** Fetch the index of a recording; its sound stands beside it. */
export async function fetchRecording(src: string): Promise<Recording> {
  const at = new URL(src, location.href);
  const index = await (await found(at)).json();
  const sound = index.sound.map(({ file, type }: { file: string; type: string }) => ({
    url: new URL(file, at).href,
    type,
  }));
  return { sound, lines: index.lines };
}

/** Fetch and decode the first format that this browser knows. */
export async function fetchSound(recording: Recording): Promise<AudioBuffer> {
  let problem: unknown = new Error("The recording has no sound.");
  for (const { url } of recording.sound) {
    try {
      const bytes = await (await found(new URL(url))).arrayBuffer();
      // decoding needs no permission to play, so it need not wait for a touch
      return await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(bytes);
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
}

async function found(url: URL): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  return response;
}
