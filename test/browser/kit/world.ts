import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import * as v from 'valibot';
import type { SystemId } from '../../sandbox/systems.ts';
import { sendJson } from './send-json.ts';

/** The sandbox world as `npm start` runs it: a process of its own, on its own ports. */
export interface ProcessWorld {
  marketplace: string;
  app: string;
  /** What the world tells of a system: its address, the app's client and who may sign in. */
  system(id: SystemId): SystemTold;
  /** The id of an organisation at Xero, by its name. */
  organisation(name: string): string;
  /** A call of the control API: a POST with a body, else a GET. */
  control(path: string, body?: unknown): Promise<unknown>;
  /** Everything a player wrote down, oldest first. */
  journal(player: 'marketplace' | SystemId): Promise<JournalEntry[]>;
  stop(): Promise<void>;
}

const entry = join(import.meta.dirname, '../../sandbox/main.ts');
/** On a machine that does much else. */
const readyMs = 60_000;

export async function startWorld(port: number): Promise<ProcessWorld> {
  const child = spawn(process.execPath, [entry], {
    env: { ...process.env, PORT: String(port), LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const marketplace = (await readyLine(child)).replace(/\/$/, '');
  const control: ProcessWorld['control'] = (path, body) => sendJson(`${marketplace}${path}`, body);
  const told = v.parse(addressesSchema, await control('/sandbox.json'));
  return {
    marketplace,
    app: told.app.url,
    organisation: (name) =>
      told.systems.flatMap(({ organisations }) => organisations).find((one) => one.name === name)
        ?.tenantId ?? '',
    system: (id) => {
      const found = told.systems.find((one) => one.id === id);
      if (found === undefined) throw new Error(`the world has no ${id}`);
      return found;
    },
    control,
    journal: async (player) =>
      v.parse(journalSchema, await control(`/sandbox/journals/${player}`)).entries,
    stop: () => ended(child),
  };
}

const addressesSchema = v.object({
  app: v.object({ url: v.string() }),
  systems: v.array(
    v.object({
      id: v.string(),
      url: v.string(),
      client: v.object({ clientId: v.string() }),
      users: v.array(v.unknown()),
      organisations: v.array(v.object({ tenantId: v.optional(v.string(), ''), name: v.string() })),
    }),
  ),
});
type SystemTold = v.InferOutput<typeof addressesSchema>['systems'][number];
const journalSchema = v.object({
  entries: v.array(
    v.object({
      seq: v.number(),
      atMs: v.number(),
      kind: v.string(),
      actor: v.string(),
      data: v.unknown(),
    }),
  ),
});
type JournalEntry = v.InferOutput<typeof journalSchema>['entries'][number];

function readyLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      // Else it would outlive the test, with its ports.
      child.kill();
      reject(new Error('the world was not ready in time'));
    }, readyMs);
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /^ready (\S+)$/m.exec(said)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the world ended with ${code}: ${said}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
