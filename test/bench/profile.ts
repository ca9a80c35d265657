import { Session } from 'node:inspector/promises';

/** What a part of the code took of some work, by samples of the stack. */
export interface Share {
  /** In which that part was at work. */
  tookMs: number;
  /** Without another part having a turn in between. */
  longestMs: number;
}

const sampleMicroseconds = 500;

/** Runs the work and tells what the files whose address holds `part` took of it, as V8’s own profiler sees it. */
export async function shareOf(part: string, work: () => Promise<unknown>): Promise<Share> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: sampleMicroseconds });
  await session.post('Profiler.start');
  try {
    await work();
    const { profile } = await session.post('Profiler.stop');
    return shareIn(profile, part);
  } finally {
    session.disconnect();
  }
}

interface Node {
  id: number;
  callFrame: { url: string; functionName: string };
  children?: readonly number[] | undefined;
}
interface Profile {
  nodes: readonly Node[];
  samples?: readonly number[] | undefined;
  timeDeltas?: readonly number[] | undefined;
}

export function shareIn({ nodes, samples = [], timeDeltas = [] }: Profile, part: string): Share {
  const inPart = new Set<number>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const mark = (node: Node, above: boolean): void => {
    // What the app does inside a call of that part is the app's; what a package does is its caller's.
    const isOwn = node.callFrame.url.includes('/server/');
    const is = isOwn ? node.callFrame.url.includes(part) : above;
    if (is) inPart.add(node.id);
    for (const child of node.children ?? []) {
      const below = byId.get(child);
      if (below !== undefined) mark(below, is);
    }
  };
  const [root] = nodes;
  if (root !== undefined) mark(root, false);
  let [tookMs, longestMs, stretchMs] = [0, 0, 0];
  let wasIn = false;
  for (const [at, id] of samples.entries()) {
    // A collection of garbage belongs to who was at work.
    const isCollection = byId.get(id)?.callFrame.functionName === '(garbage collector)';
    const isIn: boolean = isCollection ? wasIn : inPart.has(id);
    // What passed until the next sample is this one's.
    const lastedMs = (timeDeltas[at + 1] ?? 0) / 1_000;
    stretchMs = isIn ? stretchMs + lastedMs : 0;
    if (isIn) tookMs += lastedMs;
    longestMs = Math.max(longestMs, stretchMs);
    wasIn = isIn;
  }
  return { tookMs, longestMs };
}
