// The report of the day, for whoever asks.
export async function run(event: { day?: string }): Promise<{ day: string }> {
  return { day: event.day ?? new Date().toISOString().slice(0, 10) };
}
