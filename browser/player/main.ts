// Entry of the session player. The pages work without it; it adds the timers and small comforts.
import { RecoupFilm } from "./film";
import { enhancePage } from "./page";
import { RecoupTimer } from "./timer";
import { registerWorker } from "./worker";

customElements.define("recoup-film", RecoupFilm);
customElements.define("recoup-timer", RecoupTimer);
enhancePage(document);
registerWorker(document);
