"""Stories in the CMS: the form, the map, playing a draft, import and export."""
