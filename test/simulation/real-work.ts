/**
 * Key wrapping and signatures (jose) run on threads of Node and end when they like. Here their
 * results are handed over together, in the order of the calls, so that they cannot decide what comes
 * first. Installed once for the process; outside a simulation nothing waits for it.
 */
interface Work {
  done: boolean;
  release: () => void;
}

let waiting: Work[] = [];
let isHolding = false;

const names = [
  'encrypt',
  'decrypt',
  'sign',
  'verify',
  'digest',
  'generateKey',
  'deriveKey',
  'deriveBits',
  'importKey',
  'exportKey',
  'wrapKey',
  'unwrapKey',
] as const;

/** Holds results back until the timeline asks for them; ends with the returned function. */
export function holdRealWork(): () => void {
  install();
  waiting = [];
  isHolding = true;
  return () => {
    isHolding = false;
    for (const { release } of waiting) release();
    waiting = [];
  };
}

/** Hands over what was asked for so far; false when there was nothing. */
export async function releaseRealWork(): Promise<boolean> {
  if (waiting.length === 0) return false;
  const works = waiting;
  while (works.some(({ done }) => !done)) await new Promise((turn) => setImmediate(turn));
  waiting = waiting.slice(works.length);
  for (const { release } of works) release();
  return true;
}

let isInstalled = false;
function install(): void {
  if (isInstalled) return;
  isInstalled = true;
  const subtle = globalThis.crypto.subtle;
  const prototype: object = Object.getPrototypeOf(subtle);
  for (const name of names) {
    const real: unknown = Reflect.get(prototype, name);
    if (typeof real !== 'function') continue;
    Reflect.set(prototype, name, (...given: unknown[]) => {
      const result: Promise<unknown> = Reflect.apply(real, subtle, given);
      return isHolding ? held(result) : result;
    });
  }
}

function held(result: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve) => {
    const work: Work = { done: false, release: () => resolve(result) };
    waiting.push(work);
    const end = () => {
      work.done = true;
    };
    result.then(end, end);
  });
}
