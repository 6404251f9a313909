"""One file per format that articles come from; each reads what a source holds, and says of each place what it found."""
