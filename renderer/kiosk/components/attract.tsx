import { useEffect } from "react";
import type { Language } from "../../../protocol/model/language.ts";
import bell from "../../../resources/icons/bell.svg?url";
import pointer from "../../../resources/icons/pointer.svg?url";
import ticket from "../../../resources/icons/ticket.svg?url";
import { directionOf, LANGUAGES } from "../../i18n/languages.ts";
import type { Messages } from "../../i18n/messages.ts";
import { canDraw } from "../../ui/fonts.ts";
import type { KioskMessages } from "../messages/messages.ts";
import styles from "./attract.module.css";
import { useKiosk, useKioskContext } from "./context.ts";
import { Icon } from "./icon.tsx";

const STEPS = [
	{ icon: "pointer", word: "languages.touch" },
	{ icon: "ticket", word: "languages.take" },
	{ icon: "bell", word: "languages.wait" },
] as const;

/** Circles without their pictures would say nothing: the steps come when these are here, or cannot be had. */
await Promise.all(
	[pointer, ticket, bell].map((address) => {
		const image = new Image();
		// As a mask asks for it.
		image.crossOrigin = "anonymous";
		image.src = address;
		return image.decode().catch(() => {});
	}),
);

/** What one does here, in three pictures, in Chinese and in the language that is greeted: so that the screen explains itself. */
export default function Attract({ greeted, onGreet }: { greeted: Language; onGreet(language: Language): void }) {
	const { messages } = useKioskContext();
	useGreetings(messages, greeted, onGreet);
	const chinese = messages.t("zh-Hans");
	const t = messages.t(greeted);
	return (
		<ol className={styles.steps}>
			{STEPS.map(({ icon, word }) => (
				<li key={word}>
					<span className={styles.picture}>
						<Icon name={icon} />
					</span>
					<span className={styles.words}>
						<span lang="zh-Hans">{chinese(word)}</span>{" "}
						<span key={greeted} className={styles.greeted} lang={greeted} dir={directionOf(greeted)}>
							{t(word)}
						</span>
					</span>
				</li>
			))}
		</ol>
	);
}

const GREETED_FOR = 3_000;
/** As long as a screen that nobody touches waits for its visitor. */
const STANDS_STILL_FOR = 60_000;
/** What says that somebody is here. */
const SIGNS_OF_A_PERSON = ["pointerdown", "keydown", "focusin"] as const;

/**
 * Whoever comes by is greeted in one language after the other, while its tile is lit, so that the screen says by itself
 * what it wants. Only in those whose words and glyphs are here; only in English for people who want no motion. From
 * somebody's first touch, key or focus on it stands still while they are here (WCAG 2.2.2), or listen.
 */
function useGreetings(messages: Messages<KioskMessages>, greeted: Language, greet: (language: Language) => void): void {
	const { listen } = useKiosk("modes");
	useEffect(() => {
		if (listen === "changed" || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
		const shown = (one: Language) =>
			(["languages.welcome", ...STEPS.map(({ word }) => word)] as const).map((key) => messages.t(one)(key)).join("");
		const ready = (one: Language) => messages.has(one) && canDraw(one, shown(one));
		const all: readonly Language[] = LANGUAGES.filter((one) => one !== "zh-Hans");
		const next = () => [...all.slice(all.indexOf(greeted) + 1), ...all].find(ready) ?? greeted;
		let timer = 0;
		// An interval: where no other language is here yet, it looks again.
		const greetOn = () => {
			timer = window.setInterval(() => greet(next()), GREETED_FOR);
		};
		// The same kind of number: clearing one clears the other.
		const standStill = () => {
			clearTimeout(timer);
			timer = window.setTimeout(greetOn, STANDS_STILL_FOR);
		};
		greetOn();
		for (const sign of SIGNS_OF_A_PERSON) addEventListener(sign, standStill);
		return () => {
			clearTimeout(timer);
			for (const sign of SIGNS_OF_A_PERSON) removeEventListener(sign, standStill);
		};
	}, [messages, greeted, listen, greet]);
}
