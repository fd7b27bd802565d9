import type { Store } from "../../ui/store.ts";
import type { Action } from "../components/context.ts";
import { now } from "../effects/monotonic-clock.ts";
import type { Plug } from "../read-aloud/headset.ts";
import type { ReadAloud } from "../read-aloud/read-aloud.ts";
import type { Kiosk, KioskEvent } from "../state/state.ts";
import { type Command, commandOf } from "./commands.ts";
import { type Arrow, type Box, inReadingOrder, nextPlace } from "./geometry.ts";

export interface KeypadDeps {
	store: Store<Kiosk, KioskEvent>;
	readAloud(): ReadAloud | undefined;
	/** A headset was plugged in or pulled out, says a keypad with a socket. */
	headset(plug: Plug): void;
}

/** Keys for everything: arrows move the focus from button to button, and one key each goes back, reads, calls staff. */
export function startKeypad({ store, readAloud, headset }: KeypadDeps): void {
	const dispatch = (action: Action) => store.dispatch({ ...action, time: now() } as KioskEvent);

	const obey: Record<Exclude<Command["kind"], "move">, () => void> = {
		press() {
			if (document.activeElement instanceof HTMLButtonElement) document.activeElement.click();
		},
		back: () => dispatch(wayBack(store.read())),
		listen() {
			if (store.read().modes.listen === "changed") readAloud()?.again();
			else if (canListen(store.read())) dispatch({ type: "mode-switched", mode: "listen" });
		},
		louder: () => readAloud()?.louder(),
		quieter: () => readAloud()?.quieter(),
		staff: () => dispatch({ type: "staff-asked" }),
		plugged: () => headset("plugged"),
		unplugged: () => headset("unplugged"),
	};

	// Before the screens' own keys: what they are about to erase must still be seen.
	addEventListener(
		"keydown",
		(event) => {
			const { visit } = store.read();
			const command = commandOf(event, visit.at === "check-in" ? "typed" : "free");
			if (command === undefined || (event.repeat && command.kind !== "move")) return;
			// Backspace takes back a letter first, and only then the screen.
			if (event.key === "Backspace" && "typed" in visit && visit.typed !== "") return;
			event.preventDefault();
			event.stopPropagation();
			if (command.kind === "move") moveFocus(command.arrow);
			else obey[command.kind]();
		},
		{ capture: true },
	);
}

/** What "back" does: the dialog first, then the screen, and from the first question to the languages. */
export function wayBack({ overlay, visit }: Kiosk): Action {
	if (overlay.kind === "idle") return { type: "stayed" };
	if (overlay.kind !== "none") return { type: "overlay-closed" };
	return visit.at === "topics" && visit.page === 0 ? { type: "languages-asked" } : { type: "went-back" };
}

/** Whether there is anything to hear: the clips of the visitor's language or, before one is chosen, of any. */
export function canListen({ visit, spoken }: Kiosk): boolean {
	return "language" in visit ? spoken.includes(visit.language) : spoken.length > 0;
}

function moveFocus(arrow: Arrow): void {
	const buttons = buttonsInReach();
	const boxes = buttons.map((button): Box => button.getBoundingClientRect());
	const direction = document.documentElement.dir === "rtl" ? "rtl" : "ltr";
	const focused = document.activeElement;
	const isOnButton = focused instanceof HTMLButtonElement && stage().contains(focused);
	const place = isOnButton
		? nextPlace(boxes, boxes[buttons.indexOf(focused)] ?? focused.getBoundingClientRect(), arrow, direction)
		: firstPlace(buttons, boxes, direction);
	if (place !== undefined) buttons[place]?.focus();
}

/** From the screen's question: its first choice. */
function firstPlace(buttons: readonly HTMLElement[], boxes: readonly Box[], direction: "ltr" | "rtl"): number {
	const ofScreen = boxes.filter((_, place) => buttons[place]?.closest("main"));
	const [first] = inReadingOrder(ofScreen.length > 0 ? ofScreen : boxes, direction);
	return first ? boxes.indexOf(first) : 0;
}

/** A modal dialog stands alone. */
const stage = (): Element => document.querySelector("dialog:modal") ?? document.body;

function buttonsInReach(): HTMLButtonElement[] {
	return [...stage().querySelectorAll<HTMLButtonElement>('button:enabled:not([aria-disabled="true"])')].filter(
		(button) => button.closest("[inert]") === null && button.checkVisibility({ visibilityProperty: true }),
	);
}
