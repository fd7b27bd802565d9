import { useEffect } from "react";
import type { Topics } from "../../../protocol/api/board.ts";
import { directionOf, LANGUAGES, type Language } from "../../../protocol/model/language.ts";
import bell from "../../../resources/icons/bell.svg?url";
import pointer from "../../../resources/icons/pointer.svg?url";
import ticket from "../../../resources/icons/ticket.svg?url";
import type { Messages } from "../../i18n/messages.ts";
import { canDraw } from "../../ui/fonts.ts";
import { formatClosed } from "../messages/format-opening.ts";
import type { KioskMessages } from "../messages/messages.ts";
import styles from "./attract.module.css";
import { useKiosk, useKioskContext } from "./context.ts";
import { Icon } from "./icon.tsx";

const STEPS = [
	{ icon: "pointer", message: "languages.touch" },
	{ icon: "ticket", message: "languages.takeTicket" },
	{ icon: "bell", message: "languages.wait" },
] as const;

/** The steps are shown when their icons are loaded or cannot be loaded: empty circles would mean nothing. */
await Promise.all(
	[pointer, ticket, bell].map((address) => {
		const image = new Image();
		// As a CSS mask requests it.
		image.crossOrigin = "anonymous";
		image.src = address;
		return image.decode().catch(() => {});
	}),
);

/**
 * Beside the greeting, in Chinese and in its language: three steps that explain the kiosk, or, while the site is closed,
 * when it opens. Lists can be taken home at any hour, so the tiles stay.
 */
export default function Attract({ greeted, onGreet }: { greeted: Language; onGreet(language: Language): void }) {
	const { messages } = useKioskContext();
	useGreetings(messages, greeted, onGreet);
	const site = useKiosk("topics")["zh-Hans"]?.site;
	return site?.open === false ? <Closed site={site} greeted={greeted} /> : <Steps greeted={greeted} />;
}

function Steps({ greeted }: { greeted: Language }) {
	const { messages } = useKioskContext();
	const chinese = messages.t("zh-Hans");
	const t = messages.t(greeted);
	return (
		<ol className={styles.steps}>
			{STEPS.map(({ icon, message }) => (
				<li key={message}>
					<span className={styles.icon}>
						<Icon name={icon} />
					</span>
					<span className={styles.labels}>
						<span lang="zh-Hans">{chinese(message)}</span>{" "}
						<span key={greeted} className={styles.greeted} lang={greeted} dir={directionOf(greeted)}>
							{t(message)}
						</span>
					</span>
				</li>
			))}
		</ol>
	);
}

function Closed({ site, greeted }: { site: Topics["site"]; greeted: Language }) {
	const { messages } = useKioskContext();
	const now = Date.now();
	return (
		<p className={styles.closed}>
			<span lang="zh-Hans">{formatClosed(messages.t("zh-Hans"), site, "zh-Hans", now)}</span>
			<span key={greeted} className={styles.closedGreeted} lang={greeted} dir={directionOf(greeted)}>
				{formatClosed(messages.t(greeted), site, greeted, now)}
			</span>
		</p>
	);
}

const GREETING_MS = 3_000;
/** As long as an untouched screen waits for its visitor. */
const PAUSE_AFTER_INPUT_MS = 60_000;
const INPUT_EVENTS = ["pointerdown", "keydown", "focusin"] as const;

/**
 * Greets in one language after the other and highlights its tile. Only in languages whose messages and glyphs are
 * loaded, and only in English for people who prefer reduced motion. Pauses after a touch, key or focus (WCAG 2.2.2) and
 * while the screen is read aloud.
 */
function useGreetings(messages: Messages<KioskMessages>, greeted: Language, greet: (language: Language) => void): void {
	const { readAloud } = useKiosk("modes");
	useEffect(() => {
		if (readAloud === "on" || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
		const shown = (one: Language) =>
			(["languages.welcome", ...STEPS.map(({ message }) => message)] as const)
				.map((key) => messages.t(one)(key))
				.join("");
		const ready = (one: Language) => messages.has(one) && canDraw(one, shown(one));
		const all: readonly Language[] = LANGUAGES.filter((one) => one !== "zh-Hans");
		const next = () => [...all.slice(all.indexOf(greeted) + 1), ...all].find(ready) ?? greeted;
		let timer = 0;
		// An interval, because another language may be loaded later.
		const greetNext = () => {
			timer = window.setInterval(() => greet(next()), GREETING_MS);
		};
		// Timeouts and intervals share their ids: clearTimeout clears both.
		const pause = () => {
			clearTimeout(timer);
			timer = window.setTimeout(greetNext, PAUSE_AFTER_INPUT_MS);
		};
		greetNext();
		for (const sign of INPUT_EVENTS) addEventListener(sign, pause);
		return () => {
			clearTimeout(timer);
			for (const sign of INPUT_EVENTS) removeEventListener(sign, pause);
		};
	}, [messages, greeted, readAloud, greet]);
}
