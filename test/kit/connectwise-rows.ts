import { must } from '../sandbox/must.ts';
import type { Visitor } from './visitor.ts';

/** How the reseller's own access asks the sandbox's ConnectWise, wherever that runs. */
export interface ConnectWiseDoor {
  url: string;
  clientId: string;
  user: { companyId: string; publicKey: string; privateKey: string };
  fetch(request: Request): Promise<Response>;
}

export const connectWiseDoor = ({ world }: Pick<Visitor, 'world'>): ConnectWiseDoor => ({
  url: world.urls.systems.connectwise,
  clientId: world.clients.connectwise.clientId,
  user: must(world.systems.connectwise.users()[0], 'an API member'),
  fetch: world.fetch,
});

/** What ConnectWise answers to a list of its own API, whole, as a stranger would ask for it. */
export async function askConnectWise(
  { url, clientId, user, fetch }: ConnectWiseDoor,
  path: string,
): Promise<Record<string, unknown>[]> {
  const response = await fetch(
    new Request(`${url}/v4_6_release/apis/3.0/${path}?pageSize=1000&orderBy=id`, {
      headers: {
        Authorization: `Basic ${btoa(`${user.companyId}+${user.publicKey}:${user.privateKey}`)}`,
        clientId,
      },
    }),
  );
  if (response.headers.get('link')?.includes('rel="next"'))
    throw new RangeError(`more than one page of ${path}`);
  return response.json();
}

export const connectWiseRows = (road: Pick<Visitor, 'world'>, path: string) =>
  askConnectWise(connectWiseDoor(road), path);
