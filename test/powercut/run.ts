import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Runs a command to its end; its output. Throws with what it said where it did not succeed. */
export async function run(
  command: string,
  args: readonly string[],
  { passed }: { passed?: number } = {},
): Promise<string> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe', ...(passed === undefined ? [] : [passed])],
  });
  const texts = [child.stdout, child.stderr].map((stream) =>
    stream === null || stream === undefined ? '' : text(stream),
  );
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [output = '', said = ''] = await Promise.all(texts);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}: ${said.trim()}`);
  return output.trim();
}
