// Runs before `npm start`, `npm run dev` and `npm test`, on whatever Node is installed (20.19+):
// installs what the lock file names and builds the UI, each only when it is missing or stale.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const modifiedMs = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);
const newestMs = (folder) =>
  Math.max(
    0,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => modifiedMs(join(entry.parentPath ?? entry.path, entry.name))),
  );
const run = (command, args) => execFileSync(command, args, { stdio: 'inherit' });

const installedMs = modifiedMs('node_modules/.package-lock.json');
if (installedMs === 0 || installedMs < modifiedMs('package-lock.json'))
  run('npm', ['ci', '--no-audit', '--no-fund']);

if (process.argv.includes('--build')) {
  const builtMs = modifiedMs('dist/ui/index.html');
  const sourceMs = Math.max(
    newestMs('ui'),
    modifiedMs('vite.config.ts'),
    modifiedMs('package-lock.json'),
  );
  if (builtMs < sourceMs)
    run('node_modules/.bin/node', ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']);
}
