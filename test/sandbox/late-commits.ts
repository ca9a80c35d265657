/** Writes that a fault applies some sandbox time after the caller hung up. */
export interface LateCommits {
  add(dueMs: number, apply: () => void): void;
  /** Applies what is due, in the order of its moments, each at its own moment. */
  settle(nowMs: number, at: (dueMs: number, apply: () => void) => void): void;
}

export function createLateCommits(): LateCommits {
  let waiting: { dueMs: number; apply: () => void }[] = [];
  return {
    add: (dueMs, apply) => {
      waiting.push({ dueMs, apply });
    },
    settle: (nowMs, at) => {
      const due = waiting
        .filter((commit) => commit.dueMs <= nowMs)
        .sort((a, b) => a.dueMs - b.dueMs);
      waiting = waiting.filter((commit) => commit.dueMs > nowMs);
      for (const commit of due) at(commit.dueMs, commit.apply);
    },
  };
}
