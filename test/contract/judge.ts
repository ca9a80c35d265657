import { judgeAutotask } from './autotask.ts';
import { judgeCloudBlue } from './cloudblue.ts';
import { judgeConnectWise } from './connectwise.ts';
import { type Judgement, type Sent, sentOf } from './judged.ts';
import { judgeXero } from './xero-requests.ts';

/** Where each vendor of a world is reached; what is left out is not judged. */
export interface Places {
  xero?: string;
  autotask?: string;
  connectwise?: string;
  /** Where the marketplace's API begins. */
  cloudblue?: string;
}

/** Hears the requests that go out and keeps what the vendors' descriptions have against them. */
export interface Judge {
  hear(request: Request): Promise<void>;
  /** `xero PUT /Invoices: /Invoices/0 has an unknown member "Refrence"`, each once. */
  problems(): string[];
  /** Operations that were called, of each vendor. */
  operations(vendor: keyof Places): string[];
}

export function createJudge(places: Places): Judge {
  const judges: [keyof Places, string, (sent: Sent) => Judgement][] = [];
  const add = (vendor: keyof Places, judge: (sent: Sent) => Judgement) => {
    const place = places[vendor];
    if (place !== undefined) judges.push([vendor, place, judge]);
  };
  add('xero', judgeXero);
  add('autotask', judgeAutotask);
  add('connectwise', judgeConnectWise);
  add('cloudblue', (sent) => judgeCloudBlue(sent, places.cloudblue ?? ''));
  const found = new Set<string>();
  const called = new Map<keyof Places, Set<string>>();
  return {
    hear: async (request) => {
      const known = judges.find(([, place]) => isBelow(request.url, place));
      if (!known) return;
      const [vendor, , judge] = known;
      const { operation, problems } = judge(await sentOf(request));
      called.set(vendor, (called.get(vendor) ?? new Set()).add(operation));
      for (const problem of problems) found.add(`${vendor} ${operation}: ${problem}`);
    },
    problems: () => [...found],
    operations: (vendor) => [...(called.get(vendor) ?? [])].sort(),
  };
}

const isBelow = (address: string, place: string): boolean =>
  address === place || address.startsWith(`${place.replace(/\/$/, '')}/`);
