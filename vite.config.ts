import { preact } from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './.tools/longest-first.ts';

// The UI is built once into dist/ui and served by the app itself, so that every address of the
// page has one origin. Vitest shares this file; its projects are the batteries of `npm test`.
export default defineConfig({
  root: 'ui',
  base: './',
  plugins: [preact()],
  build: {
    outDir: '../dist/ui',
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: { input: ['ui/index.html', 'ui/connect.html'] },
  },
  test: {
    root: '.',
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: 'test/kit/unpack-browser.ts',
    // The long batteries run many times as many cases.
    testTimeout: process.env.LONG === undefined ? 60_000 : 1_800_000,
    hookTimeout: 60_000,
    // The parts share no state by module, so files of one worker share its loaded modules.
    isolate: false,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});
