import type { SeededRandom } from '../sandbox/random.ts';
import { SYSTEM_IDS } from '../sandbox/systems.ts';
import type { World } from '../sandbox/world.ts';
import { isWriteOf, systemCalled } from './system-call.ts';
import type { Timeline } from './timeline.ts';
import type { Trace } from './trace.ts';
import { type PlayerId, spoilSystem, systemWeather } from './weather.ts';

/** The network between the app and the world, with what can go wrong on the way. */
export interface Network {
  send(request: Request, caller: Caller): Promise<Response>;
  /** How many in a hundred calls meet a fault. */
  setStorm(percent: { all: number; writes: number }): void;
  /** The system takes its time with the next writes: they are done late, after the caller hung up. */
  delayWrites(count: number): void;
  /** The system does the next write and its answer gets lost. */
  loseAnswer(): void;
  /** Sees every request before it leaves. */
  onSend: (request: Request, body: string) => void;
}

/** The life that calls. */
export interface Caller {
  isOver(): boolean;
  onEnd(callback: () => void): void;
}

interface NetworkOptions {
  world: World;
  timeline: Timeline;
  random: SeededRandom;
  trace: Trace;
}

const wayMaxMs = 180;
/** A slow answer still comes before anybody gives up waiting for it. */
const slowAnswerMs = { min: 1_000, max: 20_000 };
/** A request that a proxy sends a second time comes soon, far inside Xero's six minutes for a key. */
const secondTimeMaxMs = 60_000;
/** DESIGN.md 5: no system commits later than this after the caller hung up. */
const lateCommitMaxMs = 120_000;
const never = new Promise<never>(() => undefined);

export function createNetwork({ world, timeline, random, trace }: NetworkOptions): Network {
  let storm = { all: 0, writes: 0 };
  let delayed = 0;
  let isNextLost = false;
  const after = (ms: number) =>
    new Promise<void>((resolve) => timeline.at(timeline.nowMs() + ms, resolve));
  const way = () => after(random.integer(1, wayMaxMs));

  async function arrive(request: Request, fault: string): Promise<Response> {
    const player = playerOf(world, request);
    if (player !== null && fault !== '') spoilSystem(world, player, fault);
    const response = await world.fetch(request);
    if (player !== null) for (const { name } of world.players()) clearOne(world, name, fault);
    return response;
  }

  function nextFault(request: Request): string {
    const isWrite = isWriteOf(request);
    if (isWrite && delayed > 0) {
      delayed -= 1;
      return 'late';
    }
    if (isWrite && isNextLost) {
      isNextLost = false;
      return 'lost-answer';
    }
    return random.chance(isWrite ? storm.writes : storm.all) ? random.pick(faultsFor(request)) : '';
  }

  /**
   * Calls under way. A request's signal hears of its caller only while the request itself is held:
   * without, when memory is tidied decides whether a caller's hanging up is ever heard of.
   */
  const open = new Set<Request>();

  const network: Network = {
    onSend: () => undefined,
    setStorm: (percent) => {
      storm = percent;
    },
    delayWrites: (count) => {
      delayed = count;
    },
    loseAnswer: () => {
      isNextLost = true;
    },
    send: async (request, caller) => {
      open.add(request);
      try {
        return await carry(request, caller);
      } finally {
        open.delete(request);
      }
    },
  };
  return network;

  async function carry(request: Request, { isOver, onEnd }: Caller): Promise<Response> {
    const body = request.body === null ? '' : await request.text();
    network.onSend(request, body);
    const { signal } = request;
    const sent = new Request(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body === null ? {} : { body }),
      redirect: 'manual',
    });
    const fault = nextFault(request);
    const place = new URL(request.url);
    const name = `${request.method} ${place.pathname}`;
    const tell = (how: string) => trace.note(`  ${name} ${how}`);
    switch (fault) {
      case 'refused':
        await way();
        tell('could not connect');
        throw new TypeError('fetch failed');
      case 'lost-request':
        tell('got lost');
        return hungUp(signal);
      case 'lost-answer':
        await way();
        void arrive(sent, '').then(({ status }) => tell(`answered ${status}, which got lost`));
        return hungUp(signal);
      case 'broken-answer':
        await way();
        tell(`answered ${(await arrive(sent, '')).status}, then the connection broke`);
        throw new TypeError('fetch failed');
      case 'twice': {
        await way();
        if (signal.aborted) throw signal.reason;
        const again = sent.clone();
        timeline.at(timeline.nowMs() + random.integer(1, secondTimeMaxMs), () => {
          void arrive(again, '').then(({ status }) => tell(`came a second time: ${status}`));
        });
        const response = await arrive(sent, '');
        tell(`${response.status}, and will come a second time`);
        await way();
        if (signal.aborted) throw signal.reason;
        return response;
      }
      case 'slow-answer': {
        await way();
        if (signal.aborted) throw signal.reason;
        const response = await arrive(sent, '');
        tell(`${response.status}, its answer takes its time`);
        await after(random.integer(slowAnswerMs.min, slowAnswerMs.max));
        if (signal.aborted) throw signal.reason;
        return response;
      }
      case 'late': {
        tell('takes its time');
        const lateMs = random.integer(1_000, lateCommitMaxMs);
        // Counted from when the caller hangs up, by its deadline or by its end.
        let isSet = false;
        const hangUp = () => {
          if (isSet) return;
          isSet = true;
          timeline.at(timeline.nowMs() + lateMs, () => {
            void arrive(sent, '').then(({ status }) => tell(`was done late: ${status}`));
          });
        };
        signal.addEventListener('abort', hangUp, { once: true });
        onEnd(hangUp);
        return hungUp(signal);
      }
      default: {
        await way();
        // What the app sent in its last moment may still arrive, or not.
        if (isOver() && random.chance(40)) return never;
        if (signal.aborted) throw signal.reason;
        const response = await arrive(sent, fault);
        tell(`${fault === '' ? '' : `${fault}: `}${response.status}`);
        await way();
        if (signal.aborted) throw signal.reason;
        return response;
      }
    }
  }
}

/** Never answered: the caller gives up at its own deadline. */
function hungUp(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

// Calls for tokens, keys and connections give up after real time, which does not pass here.
const heardAtOnce = ['refused', 'broken-answer'];
const onTheWay = ['refused', 'lost-request', 'lost-answer', 'broken-answer'];
const onWrites = ['late', 'late', 'lost-answer', 'broken-answer', 'twice', 'slow-answer'];
/** Only what carries a key of its own may be sent again by a proxy (RFC 9110, 9.2.2). */
const onWritesWithoutKey = onWrites.filter((fault) => fault !== 'twice');
function faultsFor(request: Request): string[] {
  const { url } = request;
  const system = systemCalled(request);
  const isSystem = system !== null;
  return [
    ...(isSystem || url.includes('/simpleapi/') ? onTheWay : heardAtOnce),
    ...(isWriteOf(request) ? (system === 'xero' ? onWrites : onWritesWithoutKey) : []),
    ...(isSystem ? systemWeather[system] : []),
    ...(url.includes('/simpleapi/') && !url.endsWith('/token')
      ? [...systemWeather.marketplace, 'slow-answer']
      : []),
  ];
}

function playerOf(world: World, { url }: Request): PlayerId | null {
  const { origin } = new URL(url);
  if (origin === new URL(world.urls.marketplace).origin) return 'marketplace';
  return SYSTEM_IDS.find((id) => origin === new URL(world.urls.systems[id]).origin) ?? null;
}

function clearOne(world: World, name: string, fault: string): void {
  const player = world.player(name);
  if (fault !== '' && player?.faults().some((one) => one.name === fault) === true)
    player.setFault(fault, null);
}
