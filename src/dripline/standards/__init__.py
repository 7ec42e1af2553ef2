"""The reporting tables of 金融基础数据 and the registers, with the rules their rows must keep."""
