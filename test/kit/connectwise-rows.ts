import { must } from '../sandbox/must.ts';
import type { Visitor } from './visitor.ts';

/** What the sandbox's ConnectWise answers to a list of its own API, whole, as a stranger would ask for it. */
export async function connectWiseRows(
  { world }: Pick<Visitor, 'world'>,
  path: string,
): Promise<Record<string, unknown>[]> {
  const { systems, clients, urls } = world;
  const user = must(systems.connectwise.users()[0], 'an API member');
  const response = await world.fetch(
    new Request(
      `${urls.systems.connectwise}/v4_6_release/apis/3.0/${path}?pageSize=1000&orderBy=id`,
      {
        headers: {
          Authorization: `Basic ${btoa(`${user.companyId}+${user.publicKey}:${user.privateKey}`)}`,
          clientId: clients.connectwise.clientId,
        },
      },
    ),
  );
  if (response.headers.get('link')?.includes('rel="next"'))
    throw new RangeError(`more than one page of ${path}`);
  return response.json();
}
