import { useEffect, useRef, useState } from "react";
import type { OtherSite } from "../../../protocol/board.ts";
import { useKiosk, useParts, useTell, useWords } from "../context.ts";
import { sayHours, timeOfDay } from "../opening.ts";
import { Button } from "../parts/button.tsx";
import { Heading } from "../parts/heading.tsx";
import { Icon } from "../parts/icon.tsx";
import { Names } from "../parts/names.tsx";
import { useFit } from "../parts/use-fit.ts";
import type { Visit } from "../visit.ts";
import { sayWait } from "../waits.ts";
import styles from "./away-screen.module.css";

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
	const topic = topics[visit.language]?.topics.find(({ id }) => id === visit.topic);
	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<p className={styles.topic}>
					{topic && <Icon name={topic.icon} />}
					{topic && <Names topics={[topic]} />}
				</p>
				<Heading className={styles.title}>{say(visit.reason === "full" ? "away.full" : "away.closed")}</Heading>
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
								<li key={site.id} data-box>
									<Icon name="map-pin-house" />
									<div>
										<h3>{site.name}</h3>
										<p>{site.address}</p>
										{visit.language !== "zh-Hans" && <p lang="zh-Hans">{site.addressChinese}</p>}
										<p className={styles.hours} data-open={site.open}>
											{sayHours(say, site, visit.language)}
										</p>
										{site.open && site.queue && (
											<p>
												{sayWait(say, site.queue)},{" "}
												{say("away.knownAt", { time: timeOfDay(site.queue.knownAt, site.timezone, visit.language) })}
											</p>
										)}
									</div>
									<SlipButton site={site} visit={visit} />
								</li>
							))}
						</ul>
					</section>
				)}
			</div>
			<div className={styles.actions}>
				<Button kind="primary" icon={<Icon name="arrow-left" directed />} onPress={() => tell({ type: "went-back" })}>
					{say("away.another")}
				</Button>
			</div>
		</main>
	);
}

/** Empty until they are known, and where the station does not answer. */
/** The way there on paper, for the visitor and for whoever drives. Pressed twice it prints once. */
function SlipButton({ site, visit }: { site: OtherSite; visit: Visit & { at: "away" } }) {
	const { printSlip } = useParts();
	const { say } = useWords();
	const [slip, setSlip] = useState<"print" | "printing" | "printed" | "failed">("print");
	const print = () => {
		if (slip === "printing" || slip === "printed") return;
		setSlip("printing");
		const { topic, language } = visit;
		printSlip({ topic, language, site: site.id, hours: sayHours(say, site, language) }).then(
			() => setSlip("printed"),
			() => setSlip("failed"),
		);
	};
	return (
		<button type="button" className={styles.slip} data-slip={slip} onClick={print}>
			<Icon name={slip === "printed" ? "check" : slip === "failed" ? "printer-x" : "printer"} />
			<span aria-live="polite">{say(`slip.${slip}`)}</span>
		</button>
	);
}

function useElsewhere({ topic, language }: Visit & { at: "away" }): readonly OtherSite[] {
	const { elsewhere } = useParts();
	const [sites, setSites] = useState<readonly OtherSite[]>([]);
	useEffect(() => {
		let gone = false;
		elsewhere(topic, language).then(
			(found) => {
				if (!gone) setSites(found);
			},
			() => {},
		);
		return () => {
			gone = true;
		};
	}, [elsewhere, topic, language]);
	return sites;
}
