import type { World } from '../world.ts';

const ROOT = /^(?:\/zone(\d+))?\/atservicesrest\/(.*)$/i;

export interface Address {
  /** The zone that the path speaks to; the base address itself is every zone's. */
  zone: number | undefined;
  /** What follows `/ATServicesRest/`, cut at its slashes. */
  parts: string[];
}

/**
 * The live zones are hosts (`webservices5.autotask.net`); here a zone is a part of the path, since a player has one address.
 * `/ATServicesRest/` without a zone stands for `webservices.autotask.net`, which answers discovery only.
 */
export function addressOf(pathname: string): Address | undefined {
  const match = ROOT.exec(pathname);
  if (!match) return undefined;
  const [, zone, rest = ''] = match;
  return {
    zone: zone === undefined ? undefined : Number(zone),
    parts: rest.split('/').filter((part) => part !== ''),
  };
}

/** The address that zone discovery gives, ending with a slash. */
export const zoneUrl = ({ baseUrl, zone }: World): string =>
  `${baseUrl}/zone${zone}/ATServicesRest/`;
