import { useRef } from "react";
import type { OtherSite, Topics } from "../../../protocol/api/board.ts";
import { Button } from "../components/button.tsx";
import { useKiosk, useTell, useWords } from "../components/context.ts";
import { SlipButton } from "../components/directions-slip-button.tsx";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { Names } from "../components/names.tsx";
import { useFit } from "../components/use-fit.ts";
import { useElsewhere } from "../components/use-other-sites.ts";
import { sayClosed, sayHours, timeOfDay } from "../messages/format-opening.ts";
import { sayWait } from "../messages/format-wait.ts";
import type { KioskSay } from "../messages/messages.ts";
import type { Visit } from "../state/state.ts";
import styles from "./unavailable-screen.module.css";

/** As many as a screen holds with room to read. */
const MOST_SITES = 4;

/** No ticket of this topic now: why, which other sites have it, and what else can be done here. */
export default function AwayScreen({ visit }: { visit: Visit & { at: "away" } }) {
	const topics = useKiosk("topics");
	const { say } = useWords();
	const tell = useTell();
	const sites = useElsewhere(visit);
	const body = useRef<HTMLDivElement>(null);
	const shown = sites.slice(0, MOST_SITES);
	useFit(body, "[data-box]", shown.map(({ name, address }) => name + address).join());
	const known = topics[visit.language];
	const topic = [...(known?.topics ?? []), ...(known?.elsewhere ?? [])].find(({ id }) => id === visit.topic);
	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<p className={styles.topic}>
					{topic && <Icon name={topic.icon} />}
					{topic && <Names topics={[topic]} />}
				</p>
				<Heading className={styles.title}>{sayWhy(say, visit, known)}</Heading>
				<p className={styles.hint}>{say("away.hint")}</p>
			</div>
			<div ref={body} className={styles.body}>
				{sites.length > 0 && (
					<section aria-labelledby="elsewhere">
						<h2 id="elsewhere" className={styles.elsewhere}>
							{say("away.elsewhere")}
						</h2>
						<ul className={styles.sites}>
							{shown.map((site) => (
								<SiteEntry key={site.id} site={site} visit={visit} />
							))}
						</ul>
					</section>
				)}
			</div>
			<div className={styles.actions}>
				<Button kind="plain" onPress={() => tell({ type: "left" })}>
					{say("ticket.done")}
				</Button>
				<Button kind="primary" icon={<Icon name="arrow-left" directed />} onPress={() => tell({ type: "went-back" })}>
					{say("away.another")}
				</Button>
			</div>
		</main>
	);
}

function sayWhy(say: KioskSay, { reason, language }: Visit & { at: "away" }, known: Topics | undefined): string {
	switch (reason) {
		case "full":
			return say("away.full");
		case "closed":
			return say("away.closed");
		case "not-here":
			return say("away.notHere");
		case "hours":
			return known ? sayClosed(say, known.site, language) : say("site.closed");
	}
}

/** Where to go, how long it is open and, where somebody told lately, how many wait there. */
function SiteEntry({ site, visit }: { site: OtherSite; visit: Visit & { at: "away" } }) {
	const { say } = useWords();
	const { language } = visit;
	return (
		<li data-box>
			<Icon name="map-pin-house" />
			<div>
				<h3>{site.name}</h3>
				{site.example ? (
					<p>{say("away.askAddress")}</p>
				) : (
					<>
						<p>{site.address}</p>
						{language !== "zh-Hans" && <p lang="zh-Hans">{site.addressChinese}</p>}
					</>
				)}
				<p className={styles.hours} data-open={site.open}>
					{sayHours(say, site, language)}
				</p>
				{site.open && site.queue && (
					<p>
						{sayWait(say, site.queue)},{" "}
						{say("away.knownAt", { time: timeOfDay(site.queue.knownAt, site.timezone, language) })}
					</p>
				)}
			</div>
			{!site.example && <SlipButton site={site} visit={visit} />}
		</li>
	);
}
