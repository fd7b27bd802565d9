import { useEffect, useRef } from "react";
import { codeOfScan } from "../../../lib/typed-code.ts";
import { characterOf } from "../../ui/key-character.ts";
import { endedScan, NO_SCAN, withCharacter } from "./scan.ts";

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
	const scan = useRef(NO_SCAN);
	useEffect(() => {
		function onKeyDown(event: KeyboardEvent): void {
			if (event.ctrlKey || event.altKey || event.metaKey) return;
			// When the key was pressed, not when a busy page came to it.
			const at = event.timeStamp;
			const character = characterOf(event);
			if (character !== undefined) {
				scan.current = withCharacter(scan.current, character, at);
				if (/^[\w-]$/.test(character)) type(typed + character.toUpperCase());
				return;
			}
			if (event.key === "Backspace") type(typed.slice(0, -1));
			if (event.key !== "Enter" && event.key !== "Tab") return;
			const text = endedScan(scan.current, at);
			scan.current = NO_SCAN;
			if (text !== null) {
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
