"""English: words in one plain form, sentences, quotations, and the forms of a word."""
