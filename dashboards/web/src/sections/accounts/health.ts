/** How near to the line: `due` below 1, `near` below 1.05. */
export function healthLevel(healthFactor: number): 'due' | 'near' | 'safe' {
  return healthFactor < 1 ? 'due' : healthFactor < 1.05 ? 'near' : 'safe';
}
