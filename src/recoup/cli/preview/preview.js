// Ask for the version; when it has changed, put the new page's middle in place of the old one.
const shown = () => document.querySelector("main");

async function look() {
  try {
    const version = await (await fetch("/version")).text();
    document.body.classList.remove("gone");
    if (version !== shown().dataset.version) {
      const text = await (await fetch("/")).text();
      const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("main");
      shown().replaceWith(document.adoptNode(fresh));
    }
  } catch {
    document.body.classList.add("gone");
  }
  setTimeout(look, 500);
}
look();
