// Everything is there: show it.
document.body.append(note);
window.addEventListener('resize', () => { if (!note.hidden) placeNote(noteOf); });
window.addEventListener('hashchange', () => {
  show(false);
  if (waitingFor) {
    const [number, place] = waitingFor;
    waitingFor = null;
    goToMark(document.querySelector('main'), number, [bodyOf(number).hits[place], place]);
  }
});
show(true);
