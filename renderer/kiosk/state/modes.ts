/** Aids that a visitor switches on for the time of their visit. */
export const MODES = ["reach", "text", "contrast", "readAloud"] as const;
export type Mode = (typeof MODES)[number];
export type Modes = Readonly<Record<Mode, "on" | "off">>;
export const MODES_OFF: Modes = { reach: "off", text: "off", contrast: "off", readAloud: "off" };

/** At most so many choices on a screen; where there are more, the last leads to the rest. */
const MAX_CHOICES = 12;
/** In the lower half of the screen, with larger text. */
const MAX_LARGE_CHOICES_IN_REACH = 8;

export function choicesPerScreen({ reach, text }: Modes): number {
	return reach === "on" && text === "on" ? MAX_LARGE_CHOICES_IN_REACH : MAX_CHOICES;
}
