"""The check of a draft: are its quotations, figures and sources what the reports say?"""
