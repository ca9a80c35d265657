import { join } from 'node:path';

/** What Node made of our sources is kept between processes: half of a short simulation is loading. */
export const withCompileCache = (): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_COMPILE_CACHE: join(import.meta.dirname, '../../.cache/compile'),
});
