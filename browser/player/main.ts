// Entry of the session player. The pages work without it; it adds the timers.
export {};
