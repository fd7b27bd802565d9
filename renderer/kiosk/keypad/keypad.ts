import { now } from "../../ui/monotonic-clock.ts";
import type { Store } from "../../ui/store.ts";
import type { Plug } from "../read-aloud/headset.ts";
import type { ReadAloud } from "../read-aloud/read-aloud.ts";
import type { KioskEvent, Tap } from "../state/events.ts";
import type { Kiosk } from "../state/state.ts";
import { type Command, commandOf } from "./commands.ts";
import { type Arrow, type Box, inReadingOrder, nextIndex } from "./geometry.ts";

export interface KeypadDeps {
	store: Store<Kiosk, KioskEvent>;
	readAloud(): ReadAloud | undefined;
	/** A keypad with a socket reports a headset. */
	onHeadset(plug: Plug): void;
}

/** Makes the kiosk usable by keys alone: arrows move the focus, and one key each goes back, reads aloud and calls staff. */
export function startKeypad({ store, readAloud, onHeadset }: KeypadDeps): void {
	const dispatch = (tap: Tap) => store.dispatch({ ...tap, time: now() });

	const run: Record<Exclude<Command["kind"], "move">, () => void> = {
		press() {
			if (document.activeElement instanceof HTMLButtonElement) document.activeElement.click();
		},
		back: () => dispatch(backTap(store.read())),
		"read-aloud"() {
			if (store.read().modes.readAloud === "on") readAloud()?.again();
			else if (canReadAloud(store.read())) dispatch({ type: "mode-switched", mode: "readAloud" });
		},
		louder: () => readAloud()?.louder(),
		quieter: () => readAloud()?.quieter(),
		staff: () => dispatch({ type: "staff-requested" }),
		plugged: () => onHeadset("plugged"),
		unplugged: () => onHeadset("unplugged"),
	};

	// In the capture phase, before the screens' own keys: what they are about to erase is still there.
	addEventListener(
		"keydown",
		(event) => {
			const { state } = store.read();
			const command = commandOf(event, state.at === "check-in" ? "typed" : "commands");
			if (command === undefined || (event.repeat && command.kind !== "move")) return;
			// Backspace erases letters first, then goes back.
			if (event.key === "Backspace" && "typed" in state && state.typed !== "") return;
			event.preventDefault();
			event.stopPropagation();
			if (command.kind === "move") moveFocus(command.arrow);
			else run[command.kind]();
		},
		{ capture: true },
	);
}

/** "Back" closes a dialog, then leaves the screen, and leads from the topics to the languages. */
export function backTap({ overlay, state }: Kiosk): Tap {
	if (overlay.kind === "idle") return { type: "stayed" };
	if (overlay.kind !== "none") return { type: "overlay-closed" };
	return state.at === "topics" && state.page === 0 ? { type: "languages-requested" } : { type: "went-back" };
}

/** Whether the visitor's language has clips; before one is selected, whether any language has. */
export function canReadAloud({ state, readAloudLanguages }: Kiosk): boolean {
	return "language" in state ? readAloudLanguages.includes(state.language) : readAloudLanguages.length > 0;
}

function moveFocus(arrow: Arrow): void {
	const buttons = reachableButtons();
	const boxes = buttons.map((button): Box => button.getBoundingClientRect());
	const direction = document.documentElement.dir === "rtl" ? "rtl" : "ltr";
	const focused = document.activeElement;
	const isOnButton = focused instanceof HTMLButtonElement && reachable().contains(focused);
	const index = isOnButton
		? nextIndex(boxes, boxes[buttons.indexOf(focused)] ?? focused.getBoundingClientRect(), arrow, direction)
		: firstIndex(buttons, boxes, direction);
	if (index !== undefined) buttons[index]?.focus();
}

/** From the heading, the first button of the screen. */
function firstIndex(buttons: readonly HTMLElement[], boxes: readonly Box[], direction: "ltr" | "rtl"): number {
	const ofScreen = boxes.filter((_, index) => buttons[index]?.closest("main"));
	const [first] = inReadingOrder(ofScreen.length > 0 ? ofScreen : boxes, direction);
	return first ? boxes.indexOf(first) : 0;
}

/** What keys can reach: the page, or only the modal dialog. */
const reachable = (): Element => document.querySelector("dialog:modal") ?? document.body;

function reachableButtons(): HTMLButtonElement[] {
	return [...reachable().querySelectorAll<HTMLButtonElement>('button:enabled:not([aria-disabled="true"])')].filter(
		(button) => button.closest("[inert]") === null && button.checkVisibility({ visibilityProperty: true }),
	);
}
