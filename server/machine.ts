import { hash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { isLoopback } from './access/marketplaces.ts';
import { privateAddresses } from './access/self-hosted.ts';
import type { Clock, Crypto } from './domain/ports/machine.ts';
import type { Environment, EnvironmentValues } from './env.ts';
import { createSmtpMailer } from './mailer/smtp.ts';
import { createNetwork } from './network.ts';
import type { StartOptions } from './start-options.ts';
import { openDisk } from './store/disk.ts';

const uiFolder = join(import.meta.dirname, '../dist/ui');

/** Timers of Node count in 31 bits; a longer wait is taken in steps. */
const timerMaxMs = 2 ** 31 - 1;

/** The time of this machine. */
export const machineClock: Clock = {
  nowMs: () => Date.now(),
  // A clock that is set back lets nobody wait longer than was meant: the time that passes counts too.
  waitUntil: async (ms, signal) => {
    const endMs = performance.now() + ms - Date.now();
    const isOver = () => Date.now() >= ms || performance.now() >= endMs;
    while (!isOver() && signal?.aborted !== true)
      await waitFor(Math.min(ms - Date.now(), timerMaxMs), signal);
  },
};

export const machineCrypto: Crypto = {
  hash: (text) => hash('sha256', text),
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
};

/** What this machine gives the app beside its clock: disk, network, randomness, the built page, a log. */
export function machine(env: Environment): Omit<StartOptions, 'clock' | 'listen'> {
  // No base members: neither host name nor process id belongs in a log that may be shared.
  const log = pino({ level: env.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  return {
    env,
    disk: openDisk(),
    fetch: createNetwork({
      loopbackOrigins: loopbackOriginsOf(env),
      isPrivatelyAllowed: privateAddresses(env.selfHosted),
      refused: (host, reason) => log.warn({ host, reason }, 'call-refused'),
    }),
    crypto: machineCrypto,
    ids: { next: () => randomUUID() },
    random: { fraction: () => randomInt(2 ** 32) / 2 ** 32 },
    logger: {
      info: (event, facts = {}) => {
        if (log.isLevelEnabled('info')) log.info(safe(facts), event);
      },
      warn: (event, facts = {}) => log.warn(safe(facts), event),
      error: (event, facts = {}) => log.error(safe(facts), event),
    },
    mailer: env.mail === null ? null : createSmtpMailer({ ...env.mail, plain: isPlain(env) }),
    assets: async (path) => {
      try {
        return new Uint8Array(await readFile(join(uiFolder, path)));
      } catch {
        return null;
      }
    },
    onFatal: endAtOnce,
  };
}

/**
 * What may be on this machine: addresses on loopback that a sandbox's configuration names. Outside a
 * sandbox the environment has none (`readEnvironment` refuses them).
 */
export function loopbackOriginsOf({ marketplaces, systems }: Environment): Set<string> {
  const sandboxes = marketplaces.filter(({ env }) => env === 'sandbox');
  if (sandboxes.length === 0) return new Set();
  const addresses = [
    ...sandboxes.flatMap(({ jwksUri, apiOrigins }) => [jwksUri, ...apiOrigins]),
    ...Object.values(systems).flatMap(({ urls }) => Object.values(urls)),
  ].map((address) => new URL(address));
  return new Set(addresses.filter(isLoopback).map(({ origin }) => origin));
}

/** A sandbox's mail server on this machine has no certificate; every other one must speak TLS. */
const isPlain = ({ mail, marketplaces }: Environment): boolean =>
  mail !== null &&
  marketplaces.some(({ env }) => env === 'sandbox') &&
  isLoopback(new URL(mail.url));

/** Without closing anything: only a new start knows what is on disk. */
export function endAtOnce(error: Error): void {
  // The log may be what failed: this goes straight to the operator's console.
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

/** `MARKETPLACES` is JSON, or the path of a file with it. */
export async function withMarketplacesFile(values: EnvironmentValues): Promise<EnvironmentValues> {
  const given = values.MARKETPLACES?.trim() ?? '';
  if (given === '' || given.startsWith('[')) return values;
  const text = await readFile(given, 'utf8').catch(() => 'unreadable');
  return { ...values, MARKETPLACES: text };
}

/** An error is logged by its name and stack: its members may hold requests with their headers. */
function safe(facts: object): object {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      value instanceof Error
        ? { name: value.name, message: value.message, stack: value.stack, cause: causeOf(value) }
        : value,
    ]),
  );
}

const causeOf = ({ cause }: Error): string | undefined =>
  cause instanceof Error ? `${cause.name}: ${cause.message}` : undefined;

function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
}
