// Entry of the live figure: loaded by the session page alone.
import { RecoupFigure } from "./element";

customElements.define("recoup-figure", RecoupFigure);
