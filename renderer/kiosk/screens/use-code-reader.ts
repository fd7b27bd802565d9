import { useEffect, useRef } from "react";
import { codeOfScan } from "../../../lib/typed-code.ts";
import { characterOf } from "../../ui/key-character.ts";
import { now } from "../../ui/monotonic-clock.ts";

/** A code reader types a character every few milliseconds; nobody's fingers are as fast. The mean, as a busy kiosk may hear one late. */
const MEAN_GAP_MS = 60;
/** What comes after a longer pause is a code of its own. */
const LONGEST_PAUSE_MS = 500;
const SHORTEST_SCAN = 4;

/** So long ago that the next character begins anew. */
const NOTHING = { text: "", from: 0, at: Number.NEGATIVE_INFINITY };

interface CodeKeys {
	typed: string;
	type(text: string): void;
	go(): void;
}

/**
 * For keyboards and code readers. What comes as fast as from a reader and ends with Enter or Tab is a whole code,
 * whatever has the focus: it takes the place of what was typed before, and presses no button.
 */
export function useCodeReader({ typed, type, go }: CodeKeys): void {
	const scan = useRef(NOTHING);
	useEffect(() => {
		function onKeyDown(event: KeyboardEvent): void {
			if (event.ctrlKey || event.altKey || event.metaKey) return;
			const { text, from, at: last } = scan.current;
			const at = now();
			const goesOn = at - last <= LONGEST_PAUSE_MS;
			const character = characterOf(event);
			if (character !== undefined) {
				scan.current = goesOn ? { text: text + character, from, at } : { text: character, from: at, at };
				if (/^[\w-]$/.test(character)) type(typed + character.toUpperCase());
				return;
			}
			if (event.key === "Backspace") type(typed.slice(0, -1));
			if (event.key !== "Enter" && event.key !== "Tab") return;
			scan.current = NOTHING;
			if (goesOn && text.length >= SHORTEST_SCAN && at - from <= MEAN_GAP_MS * text.length) {
				event.preventDefault();
				event.stopPropagation();
				type(codeOfScan(text).toUpperCase());
				go();
			} else if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) go();
		}
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	});
}
