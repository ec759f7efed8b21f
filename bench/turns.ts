/** All take their turns, round after round, so that a noisy moment is nobody's; the first round only warms up. */
export async function takeTurns<Measured>(
  turns: [name: string, take: () => Promise<Measured>][],
  rounds: number,
): Promise<Map<string, Measured[]>> {
  const measured = new Map<string, Measured[]>(turns.map(([name]) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, take] of turns) {
      const turn = await take();
      if (round > 0) measured.get(name)?.push(turn);
    }
  }
  return measured;
}
