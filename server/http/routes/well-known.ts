import { manifestFor, schemaFor } from '../manifest.ts';
import type { Mount } from '../mount.ts';

/** What a marketplace operator reads before offering the app: the manifest, and what it must look like. */
export function wellKnownRoutes({ publicUrl }: { publicUrl: string }): Mount[] {
  const manifest = JSON.stringify(manifestFor(publicUrl));
  const schema = JSON.stringify(schemaFor(publicUrl));
  const document = (path: string, type: string, text: string): Mount => ({
    method: 'GET',
    path,
    routeClass: 'public',
    handle: async () => new Response(text, { headers: { 'Content-Type': type } }),
  });
  return [
    document('/.well-known/marketplace-app.json', 'application/json', manifest),
    document('/schemas/marketplace-app-1.json', 'application/schema+json', schema),
  ];
}
