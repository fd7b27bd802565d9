import { useEffect, useRef } from "react";
import { codeOfScan } from "../../../lib/typed-code.ts";
import { now } from "../../ui/monotonic-clock.ts";

/** A code reader types a character every few milliseconds; nobody's fingers are as fast. */
const LONGEST_GAP_MS = 60;
const SHORTEST_SCAN = 4;

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
	const scan = useRef({ text: "", at: 0 });
	useEffect(() => {
		function onKeyDown(event: KeyboardEvent): void {
			if (event.ctrlKey || event.altKey || event.metaKey) return;
			const burst = scan.current;
			const at = now();
			const isFast = at - burst.at <= LONGEST_GAP_MS;
			const character = characterOf(event);
			if (character !== undefined) {
				scan.current = { text: isFast ? burst.text + character : character, at };
				if (/^[\w-]$/.test(character)) type(typed + character.toUpperCase());
				return;
			}
			if (event.key === "Backspace") type(typed.slice(0, -1));
			if (event.key !== "Enter" && event.key !== "Tab") return;
			scan.current = { text: "", at: 0 };
			if (isFast && burst.text.length >= SHORTEST_SCAN) {
				event.preventDefault();
				event.stopPropagation();
				type(codeOfScan(burst.text).toUpperCase());
				go();
			} else if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) go();
		}
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	});
}

/** The character of a key. Where the layout gives another script's, the position of the key tells: readers send positions. */
function characterOf({ key, code, shiftKey }: KeyboardEvent): string | undefined {
	const digit = /^Digit(\d)$/.exec(code)?.[1];
	if (digit !== undefined && !shiftKey) return digit;
	if (/^[\x21-\x7e]$/.test(key)) return key;
	return key.length === 1 ? /^Key([A-Z])$/.exec(code)?.[1] : undefined;
}
