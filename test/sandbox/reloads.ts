import type { World } from './world.ts';

export interface Reloads {
  /** The same world, whose marketplace page loads its frame again when told. */
  world: World;
  tell(): void;
}

const streamPath = '/sandbox/reloads';
const framePath = '/assets/host-frame.js';
const listening = `
new EventSource('${streamPath}').addEventListener('message', () => {
  frame.src = frame.dataset.src;
});
`;

/** For `npm run dev` alone: neither the app nor the marketplace knows of it. */
export function withReloads(world: World): Reloads {
  const open = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const bytes = new TextEncoder();
  const stream = (): Response => {
    let own: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        open.add(controller);
        controller.enqueue(bytes.encode(': open\n\n'));
      },
      cancel: () => {
        if (own) open.delete(own);
      },
    });
    return new Response(body, {
      headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' },
    });
  };
  return {
    world: {
      ...world,
      fetch: async (request) => {
        const { origin, pathname } = new URL(request.url);
        if (origin !== world.urls.marketplace) return world.fetch(request);
        if (pathname === streamPath) return stream();
        const response = await world.fetch(request);
        if (pathname !== framePath) return response;
        return new Response((await response.text()) + listening, response);
      },
    },
    tell: () => {
      for (const controller of open) controller.enqueue(bytes.encode('data: reload\n\n'));
    },
  };
}
