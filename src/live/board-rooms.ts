/** Whose board it is, and whether it has people's names. */
export interface BoardKind {
  organizationId: number;
  showsNames: boolean;
}

/** Boards that are open, counted by what they show: screens that see the same are one room. */
export class BoardRooms {
  readonly #rooms = new Map<string, { kind: BoardKind; screens: number }>();

  /** Counts one more screen. @returns its room, and what counts it out again */
  enter({ organizationId, showsNames }: BoardKind): { room: string; leave: () => void } {
    const room = roomOf({ organizationId, showsNames });
    const found = this.#rooms.get(room) ?? { kind: { organizationId, showsNames }, screens: 0 };
    found.screens++;
    this.#rooms.set(room, found);
    let isIn = true;
    const leave = (): void => {
      if (!isIn) return;
      isIn = false;
      found.screens--;
      if (found.screens === 0 && this.#rooms.get(room) === found) this.#rooms.delete(room);
    };
    return { room, leave };
  }

  /** Those that somebody looks at. */
  list(): BoardKind[] {
    return [...this.#rooms.values()].map(({ kind }) => kind);
  }
}

export function roomOf({ organizationId, showsNames }: BoardKind): string {
  return `board ${organizationId} ${showsNames ? 'names' : 'plain'}`;
}
