// Links to products and categories in Wagtail's rich text editor: chosen in the shop's own choosers.
// https://docs.wagtail.org/en/stable/extending/extending_draftail.html
(() => {
  const { React, DraftJS, draftail } = window;

  class ShopSource extends draftail.ModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.shop,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    // As Wagtail's own, which would make an entity of no known mutability: words of the link could not be edited.
    onChosen(data) {
      const { editorState, entityType, onComplete } = this.props;
      const selection = editorState.getSelection();
      const content = editorState.getCurrentContent();
      const key = content.createEntity(entityType.type, "MUTABLE", { id: data.id, title: data.title }).getLastCreatedEntityKey();
      const next = selection.isCollapsed()
        ? DraftJS.EditorState.push(editorState, DraftJS.Modifier.replaceText(content, selection, data.title, null, key), "insert-characters")
        : DraftJS.RichUtils.toggleLink(editorState, selection, key);
      this.workflow.close();
      onComplete(next);
    }
  }

  const decorator = (icon) => (props) => {
    const { title } = props.contentState.getEntity(props.entityKey).getData();
    return React.createElement(draftail.TooltipEntity, { ...props, icon: React.createElement("svg", { className: "icon", "aria-hidden": true }, React.createElement("use", { href: `#icon-${icon}` })), label: title || "" });
  };

  [["PRODUCT", "tag"], ["CATEGORY", "folder-inverse"]].forEach(([type, icon]) => {
    draftail.registerPlugin({ type, source: ShopSource, decorator: decorator(icon) }, "entityTypes");
  });
})();
