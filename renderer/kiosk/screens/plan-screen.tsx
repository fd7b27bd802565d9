import { Button } from "../components/button.tsx";
import { useKiosk, useTell, useWords } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { TopicTiles } from "../components/topic-tiles.tsx";
import { planHint } from "../state/plan-hint.ts";
import { MOST_PEOPLE, MOST_TOPICS, type Visit } from "../state/state.ts";
import styles from "./plan-screen.module.css";

/** Several topics on one ticket, or several people with one: chosen here, so that whoever is alone with one is not asked. */
export default function PlanScreen({ visit }: { visit: Visit & { at: "plan" } }) {
	const topics = useKiosk("topics");
	const { say } = useWords();
	const tell = useTell();
	const { people } = visit;
	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<Heading className={styles.title}>{say("plan.title")}</Heading>
				<p className={styles.hint} role="status">
					{say(planHint(visit))}
				</p>
			</div>
			<TopicTiles
				topics={topics[visit.language]?.topics ?? []}
				page={visit.page}
				chosen={visit.topics}
				full={visit.topics.length === MOST_TOPICS}
				onChoose={(topic) => tell({ type: "topic-chosen", topic })}
				onMore={(page) => tell({ type: "page-turned", page })}
			/>
			<div className={styles.actions}>
				<Button kind="plain" icon={<Icon name="arrow-left" directed />} onPress={() => tell({ type: "went-back" })}>
					{say("back")}
				</Button>
				<div className={styles.people}>
					<button
						type="button"
						aria-label={say("plan.fewer")}
						aria-disabled={people === 1 || undefined}
						onClick={() => tell({ type: "people-set", people: people - 1 })}
					>
						<Icon name="minus" />
					</button>
					<output>{say("people", { count: people })}</output>
					<button
						type="button"
						aria-label={say("plan.more")}
						aria-disabled={people === MOST_PEOPLE || undefined}
						onClick={() => tell({ type: "people-set", people: people + 1 })}
					>
						<Icon name="plus" />
					</button>
				</div>
				<Button
					kind="primary"
					icon={<Icon name="arrow-right" directed />}
					disabled={visit.topics.length === 0}
					onPress={() => tell({ type: "ticket-asked" })}
				>
					{say("plan.next")}
				</Button>
			</div>
		</main>
	);
}
