// Eleventy with nothing but pages. It has no list of contents of its own: a rule of markdown-it makes one where [TOC] stands.

function addContents(markdown) {
  markdown.core.ruler.push("contents", (state) => {
    const items = [];
    state.tokens.forEach((token, index) => {
      if (token.type !== "heading_open") return;
      const id = `rubrik-${items.length + 1}`;
      token.attrSet("id", id);
      items.push(`<li><a href="#${id}">${markdown.utils.escapeHtml(state.tokens[index + 1].content)}</a></li>`);
    });
    const place = state.tokens.findIndex((token) => token.content === "[TOC]");
    if (place < 1) return;
    const list = new state.Token("html_block", "", 0);
    list.content = `<ul>${items.join("")}</ul>\n`;
    state.tokens.splice(place - 1, 3, list);
  });
}

export default function (config) {
  config.amendLibrary("md", addContents);
  return { markdownTemplateEngine: false, dir: { input: "content", output: "public" } };
}
