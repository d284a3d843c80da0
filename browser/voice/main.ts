// Entry of the voice, for pages that have one: the timer's cues, and the words read out.
import { RecoupCues } from "./cues";
import { RecoupReader } from "./reader";

customElements.define("recoup-cues", RecoupCues);
customElements.define("recoup-reader", RecoupReader);
