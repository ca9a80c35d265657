/** Lines of the live stream; the page shows a pop-up for `notice` and reads again on `changed`. */
export type StreamEvent =
  | { type: 'hello'; at: string }
  | {
      type: 'notice';
      seq: number;
      result: 'ok' | 'asks' | 'waits' | 'failed';
      text: string;
      group: string;
      connectionId: string | null;
    }
  | {
      type: 'changed';
      what: ('tasks' | 'connection' | 'mappings' | 'run' | 'log')[];
      connectionId: string | null;
    }
  | { type: 'ping' };
